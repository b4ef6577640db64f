import { ActionIcon, Anchor, Tooltip } from '@mantine/core';
import { Link } from 'react-router';
import IconTrash from '~icons/tabler/trash';
import { Moment } from '../../components/moment.tsx';
import { StatusBadge, type Tone } from '../../components/status-badge.tsx';
import classes from './cells.module.css';
import { causeOf, type Suppression } from './words.ts';

type EntryProps = { readonly entry: Suppression };

const REASONS: Readonly<Record<Suppression['reason'], readonly [Tone, string]>> = {
  bounced: ['bad', 'Bounced'],
  complained: ['bad', 'Complained'],
  manual: ['quiet', 'Added'],
};

/** Why an address is suppressed, in a word. */
export function Reason({ entry }: EntryProps) {
  const [tone, words] = REASONS[entry.reason];
  return <StatusBadge tone={tone}>{words}</StatusBadge>;
}

/** Why an address is suppressed, in a sentence, with the email that caused it. */
export function Cause({ entry }: EntryProps) {
  const cause = causeOf(entry);
  if (!cause && !entry.emailId) return null;
  return (
    <div className={classes.cause}>
      {cause}{' '}
      {entry.emailId && (
        <Anchor
          component={Link}
          to={`/emails/${entry.emailId}`}
          inherit
          underline="always"
          aria-label={`View email to ${entry.address}`}
        >
          View email
        </Anchor>
      )}
    </div>
  );
}

/** When an entry expires. */
export function End({ entry }: EntryProps) {
  if (!entry.expiresAt) return <span className={classes.quiet}>Never</span>;
  return <Moment at={entry.expiresAt} as="day" />;
}

type RemoveButtonProps = EntryProps & { readonly onRemove: (entry: Suppression) => void };

/** Asks for the removal of an entry. */
export function RemoveButton({ entry, onRemove }: RemoveButtonProps) {
  const name = `Remove ${entry.address}`;
  return (
    <Tooltip label={name}>
      <ActionIcon
        className={classes.remove}
        variant="subtle"
        color="gray"
        aria-label={name}
        onClick={() => onRemove(entry)}
      >
        <IconTrash size={16} stroke={1.6} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
