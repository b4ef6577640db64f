import { Skeleton, Tabs, Text } from '@mantine/core';
import IconMailX from '~icons/tabler/mail-x';
import type { Schema } from '../../api/client.ts';
import { isNotFound } from '../../api/errors.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { Details } from '../../components/details.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { Panel } from '../../components/panel.tsx';
import classes from './content-panel.module.css';
import { HtmlView } from './html-view.tsx';
import { useContent } from './use-email.ts';

type Content = Schema<'EmailContent'>;

function Nothing({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}

function Html({ html }: Pick<Content, 'html'>) {
  if (html === null) return <Nothing>This email has no HTML part, only text.</Nothing>;
  return <HtmlView html={html} />;
}

function PlainText({ text }: Pick<Content, 'text'>) {
  if (text === null) return <Nothing>This email has no text part, only HTML.</Nothing>;
  return <CodeBlock code={text} name="the text of the email" wrap />;
}

function Headers({ headers }: Pick<Content, 'headers'>) {
  const items = headers.map(({ name, value }) => [name, value] as const);
  return (
    <>
      <Details items={items} />
      <Text size="xs" c="dimmed" mt="md">
        Amazon SES adds more headers when it sends the email, such as Message-ID and DKIM-Signature.
      </Text>
    </>
  );
}

const PARTS = [
  { value: 'html', label: 'HTML', Part: Html },
  { value: 'text', label: 'Text', Part: PlainText },
  { value: 'headers', label: 'Headers', Part: Headers },
] as const;

function ContentTabs({ content }: { content: Content }) {
  return (
    <Tabs
      defaultValue={content.html === null ? 'text' : 'html'}
      keepMounted={false}
      classNames={{ panel: classes.panel }}
    >
      <Tabs.List aria-label="Parts of the email">
        {PARTS.map(({ value, label }) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {PARTS.map(({ value, Part }) => (
        <Tabs.Panel key={value} value={value}>
          <Part {...content} />
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Shown({ id }: { id: string }) {
  const { data, error, refetch } = useContent(id);
  if (data) return <ContentTabs content={data} />;
  if (isNotFound(error))
    return (
      <EmptyState icon={IconMailX} title="Content has expired">
        We keep an email's content for a limited time. Status and timeline are still shown above.
      </EmptyState>
    );
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <div role="status" aria-label="Loading the content">
      <Skeleton h={36} mb="md" />
      <Skeleton h={200} />
    </div>
  );
}

/** What an email says. */
export function ContentPanel({ id }: { id: string }) {
  return (
    <Panel title="Content">
      <Shown id={id} />
    </Panel>
  );
}
