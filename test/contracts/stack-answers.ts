/** CloudFormation's answers, as XML. */

/** One output of a stack. */
export const output = (key: string, value: string) =>
  `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`;

/** The answer of `DescribeStacks` around what it found. */
export const stacks = (found: string) =>
  `<DescribeStacksResponse><DescribeStacksResult><Stacks>${found}</Stacks></DescribeStacksResult></DescribeStacksResponse>`;

/** One stack with its outputs. */
export const stack = (...outputs: readonly string[]) =>
  stacks(`<member><Outputs>${outputs.join('')}</Outputs></member>`);

/** A refusal. */
export const failure = (code: string, message: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
