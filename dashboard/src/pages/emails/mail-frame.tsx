import { useEffect, useRef, useState } from 'react';
import classes from './mail-frame.module.css';

type MailFrameProps = {
  readonly html: string;
  /** Whether images from other hosts may load. */
  readonly images: boolean;
};

/** Pixels; a longer email scrolls inside. */
const HEIGHT = { least: 160, most: 5_000 };
/** An email that grows with its frame would never stop growing. */
const MOST_CHANGES = 50;

function heightIn(data: unknown): number | null {
  const height =
    typeof data === 'object' && data !== null && 'height' in data ? data.height : undefined;
  if (typeof height !== 'number' || !Number.isFinite(height)) return null;
  return Math.min(HEIGHT.most, Math.max(HEIGHT.least, Math.ceil(height)));
}

/** An email's HTML in a separate page, whose policy lets no script of the email run. */
export function MailFrame({ html, images }: MailFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(HEIGHT.least);
  useEffect(() => {
    let changes = 0;
    const listen = (event: MessageEvent<unknown>) => {
      if (!frame.current || event.source !== frame.current.contentWindow) return;
      const told = heightIn(event.data);
      if (told === null || changes >= MOST_CHANGES) return;
      changes += 1;
      setHeight(told);
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, []);
  return (
    <iframe
      ref={frame}
      className={classes.frame}
      title="Email preview"
      src={images ? '/frame/mail-images.html' : '/frame/mail.html'}
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      style={{ height }}
      // The frame's origin is opaque, so no other target than '*' names it.
      onLoad={() => frame.current?.contentWindow?.postMessage({ html }, '*')}
    />
  );
}
