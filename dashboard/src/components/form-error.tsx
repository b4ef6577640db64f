import { messageOf } from '../api/errors.ts';
import { Note } from './note.tsx';

/** Why an action failed, above its buttons; nothing while there is no error. */
export function FormError({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <Note tone="bad" role="alert">
      {messageOf(error)}
    </Note>
  );
}
