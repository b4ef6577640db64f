import * as v from 'valibot';
import { note } from '../contract/limits.ts';
import { parseMailbox } from '../value/address.ts';

const address = v.pipe(
  v.string('must be a string'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const parsed = parseMailbox(dataset.value);
    if ('problem' in parsed) addIssue({ message: parsed.problem });
  }),
);

/** Body of `POST /api/v1/suppressions`. */
export const newSuppressionSchema = v.pipe(
  v.strictObject({ address, detail: v.nullish(note) }),
  v.title('SuppressionRequest'),
);
