import { Stack, Text } from '@mantine/core';
import { CodeBlock } from '../../components/code-block.tsx';
import { CopyButton } from '../../components/copy-button.tsx';

/** Characters; more would make the page slow. */
const MOST_SHOWN = 200_000;

/** The HTML of an email, as its sender wrote it. */
export default function HtmlSource({ html }: { html: string }) {
  if (html.length <= MOST_SHOWN) return <CodeBlock code={html} name="the HTML of the email" wrap />;
  return (
    <Stack gap="sm" align="flex-start">
      <Text size="sm" c="dimmed">
        The HTML is long. These are the first {MOST_SHOWN.toLocaleString()} of its{' '}
        {html.length.toLocaleString()} characters.
      </Text>
      <CopyButton value={html} name="all of the HTML" words />
      <CodeBlock code={html.slice(0, MOST_SHOWN)} name="the beginning of the HTML" wrap />
    </Stack>
  );
}
