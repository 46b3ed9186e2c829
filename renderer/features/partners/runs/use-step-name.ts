import { useTexts } from '../../../texts/use-texts.ts';

const STEPS = [
  'versions',
  'version',
  'version details',
  'token B',
  'call back',
  'credentials',
  'received',
  'our server',
] as const;

const CHECKS = [
  'our address',
  'refused before HTTP',
  'DNS',
  'TLS',
  'versions',
  'clock',
  'our versions URL',
  'versions URL',
  'our server',
] as const;

/** A step in the words of the page; one it has no words for by the name the core gave it. */
export function useStepName(): (step: string) => string {
  const t = useTexts('partners');
  return step => {
    const known = STEPS.find(name => name === step);
    return known === undefined ? step : t(`step-${known}`);
  };
}

/** A check of the doctor, likewise. */
export function useCheckName(): (check: string) => string {
  const t = useTexts('partners');
  return check => {
    const known = CHECKS.find(name => name === check);
    return known === undefined ? check : t(`check-${known}`);
  };
}
