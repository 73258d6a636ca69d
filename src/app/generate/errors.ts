import { ERROR_CODES } from '../../kernel/errors.ts';
import { generatedFile } from './generated-file.ts';

const rows = Object.entries(ERROR_CODES).map(
  ([code, { status, meaning, remedy }]) => `| \`${code}\` | ${status} | ${meaning} | ${remedy} |`,
);

generatedFile(
  'docs/errors.md',
  `# Errors

The closed set of refusals, generated from \`src/kernel/errors.ts\` (\`npm run errors\`). Each message names the thing
at fault, the rule, and the way out. Over GraphQL, expected refusals are typed results (\`ValidationProblem\`,
\`ConflictProblem\` for status 409) with every reason in \`reasons\`; \`UNAUTHENTICATED\`, \`FORBIDDEN\`, \`UNAVAILABLE\` and
\`INTERNAL\` are errors of the request. Over HTTP they are \`application/problem+json\` with the status below.

| code | status | what it means | the way out |
|---|---|---|---|
${rows.join('\n')}
`,
  'npm run errors',
);
