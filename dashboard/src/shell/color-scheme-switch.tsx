import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import IconDeviceDesktop from '~icons/tabler/device-desktop';
import IconMoon from '~icons/tabler/moon';
import IconSun from '~icons/tabler/sun';

const SCHEMES = [
  { value: 'light', name: 'Light', icon: IconSun },
  { value: 'dark', name: 'Dark', icon: IconMoon },
  { value: 'auto', name: 'System', icon: IconDeviceDesktop },
] as const;

type Scheme = (typeof SCHEMES)[number]['value'];

const asIcons = SCHEMES.map(({ value, name, icon: Icon }) => ({
  value,
  label: (
    <span title={name}>
      <Icon size={16} stroke={1.6} aria-hidden="true" style={{ display: 'block' }} />
      <VisuallyHidden>{name}</VisuallyHidden>
    </span>
  ),
}));

const asWords = SCHEMES.map(({ value, name }) => ({ value, label: name }));

/** Light, dark, or the system's choice; saved in this browser. */
export function ColorSchemeSwitch({ words = false }: { words?: boolean }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size={words ? 'sm' : 'xs'}
      aria-label="Colour scheme"
      value={colorScheme}
      onChange={(value) => setColorScheme(value as Scheme)}
      data={words ? asWords : asIcons}
    />
  );
}
