import { Panel } from '../../components/panel.tsx';
import { ColorSchemeSwitch } from '../../shell/color-scheme-switch.tsx';

/** How the dashboard looks in this browser. */
export function AppearancePanel() {
  return (
    <Panel title="Colour scheme" description="Saved in this browser only.">
      <ColorSchemeSwitch words />
    </Panel>
  );
}
