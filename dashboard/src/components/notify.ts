import { notifications } from '@mantine/notifications';
import { messageOf } from '../api/errors.ts';

const closeButtonProps = { 'aria-label': 'Close the message' };

/** Says in passing that something is done. */
export function notifyDone(message: string): void {
  notifications.show({ message, color: 'petrol', closeButtonProps });
}

/** Says in passing that something did not work; inside a form use FormError instead. */
export function notifyError(error: unknown): void {
  notifications.show({
    title: 'That did not work',
    message: messageOf(error),
    color: 'red',
    autoClose: 12_000,
    closeButtonProps,
  });
}
