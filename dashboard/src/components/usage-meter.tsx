import { Group, Progress, Text } from '@mantine/core';

type UsageMeterProps = {
  /** What is counted: "Emails in November". */
  readonly label: string;
  readonly used: number;
  /** Null is unlimited. */
  readonly limit: number | null;
  /** For limits that are fine to reach: no warning colour. */
  readonly calm?: boolean;
};

const WARNING_SHARE = 0.8;

function colorOf(share: number): string {
  if (share >= 1) return 'var(--ink-bad)';
  return share >= WARNING_SHARE ? 'var(--ink-warning)' : 'var(--ink-delivered)';
}

/** How much of a limit is used, as a bar and in words. */
export function UsageMeter({ label, used, limit, calm = false }: UsageMeterProps) {
  const share = limit ? used / limit : 0;
  const words =
    limit === null
      ? `${used.toLocaleString()} · unlimited`
      : `${used.toLocaleString()} of ${limit.toLocaleString()}`;
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={6}>
        <Text size="sm">{label}</Text>
        <Text size="sm" c="dimmed">
          {words}
        </Text>
      </Group>
      {limit !== null && (
        <Progress
          value={Math.min(share, 1) * 100}
          color={colorOf(calm ? 0 : share)}
          size={6}
          aria-label={label}
        />
      )}
    </div>
  );
}
