import { Button, SegmentedControl, Skeleton, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import IconPhoto from '~icons/tabler/photo';
import IconPhotoOff from '~icons/tabler/photo-off';
import classes from './html-view.module.css';
import { MailFrame } from './mail-frame.tsx';

const HtmlSource = lazy(() => import('./html-source.tsx'));

type ImagesProps = { readonly shown: boolean; readonly onChange: (shown: boolean) => void };

function Images({ shown, onChange }: ImagesProps) {
  const Icon = shown ? IconPhotoOff : IconPhoto;
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<Icon size={16} stroke={1.6} aria-hidden="true" />}
      aria-describedby="about-remote-images"
      onClick={() => onChange(!shown)}
    >
      {shown ? 'Hide remote images' : 'Show remote images'}
    </Button>
  );
}

function note(images: boolean): string {
  return images
    ? 'Remote images are shown, so their hosts can see that the email was opened. Links are disabled.'
    : 'Remote images are blocked because loading them reveals that the email was opened. Links are disabled.';
}

/** The HTML of an email, as preview or as source. */
export function HtmlView({ html }: { html: string }) {
  const [view, setView] = useState('look');
  const [images, setImages] = useState(false);
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <SegmentedControl
          size="sm"
          aria-label="View of the HTML"
          value={view}
          onChange={setView}
          data={[
            { value: 'look', label: 'Preview' },
            { value: 'source', label: 'Source' },
          ]}
        />
        {view === 'look' && <Images shown={images} onChange={setImages} />}
      </div>
      {view === 'look' ? (
        <>
          <Text id="about-remote-images" size="xs" c="dimmed">
            {note(images)}
          </Text>
          <MailFrame key={String(images)} html={html} images={images} />
        </>
      ) : (
        <Suspense fallback={<Skeleton h={240} />}>
          <HtmlSource html={html} />
        </Suspense>
      )}
    </div>
  );
}
