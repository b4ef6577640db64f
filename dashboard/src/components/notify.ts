import { notifications } from '@mantine/notifications';
import { messageOf } from '../api/errors.ts';

const closeButtonProps = { 'aria-label': 'Close the notification' };

/** Shows for a few seconds that something is done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'petrol', closeButtonProps });
}

/** Shows for a few seconds that something failed; inside a form, use FormError instead. */
export function notifyError(error: unknown): void {
  notifications.show({
    title: 'Something went wrong',
    message: messageOf(error),
    color: 'red',
    autoClose: 12_000,
    closeButtonProps,
  });
}
