import { failed, type Outcome } from '../../contract/failure.ts';
import type { FaultRuleText } from '../../contract/fault.ts';
import type { Link } from '../../contract/link.ts';
import { ciEqual } from '../../ocpi/ci-string.ts';

/** Production links a rule may reach while it is armed. */
function reached({ scope, armed }: Pick<FaultRuleText, 'scope' | 'armed'>, links: readonly Link[]): readonly Link[] {
  if (!armed) return [];
  return links.filter(
    ({ name, environment }) => environment === 'production' && (scope.link === undefined || ciEqual(scope.link, name)),
  );
}

/** On a production link every fault asks first, one that reaches all links too. */
export function askForProduction(
  rules: readonly Pick<FaultRuleText, 'scope' | 'armed'>[],
  { links, confirmed }: { readonly links: readonly Link[]; readonly confirmed: boolean | undefined },
): Outcome<never> | undefined {
  if (confirmed) return undefined;
  const names = [...new Set(rules.flatMap(rule => reached(rule, links)).map(({ name }) => name))];
  if (names.length === 0) return undefined;
  const which =
    names.length === 1 ? `${names[0]}, a production link` : `production links (${names.slice(0, 5).join(', ')})`;
  return failed(
    'CONFIRMATION_NEEDED',
    `what is armed may reach ${which}: its partner meets the fault.`,
    'Confirm it (--yes on the command line), or name a test link in its scope.',
  );
}
