import { SegmentedControl } from '@mantine/core';
import { type Environment, useEnvironment } from './environment.ts';

/** Live or test, for the pages that show one of the two. */
export function EnvironmentSwitch() {
  const [environment, choose] = useEnvironment();
  return (
    <SegmentedControl
      size="sm"
      aria-label="Environment"
      value={environment}
      onChange={(value) => choose(value as Environment)}
      data={[
        { value: 'live', label: 'Live' },
        { value: 'test', label: 'Test' },
      ]}
    />
  );
}
