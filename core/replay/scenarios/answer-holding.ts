/** An envelope in which a value stands at each pointer; what stands between is made as needed. */
export function answerHolding(
  equals: Readonly<Record<string, unknown>>,
  { ocpi, timestamp }: { readonly ocpi: number; readonly timestamp: string },
): unknown {
  let root: unknown = { status_code: ocpi, timestamp };
  for (const [pointer, value] of Object.entries(equals)) {
    const steps = pointer.split('/').slice(1);
    root = withValue(
      root,
      steps.map(step => step.replaceAll('~1', '/').replaceAll('~0', '~')),
      value,
    );
  }
  return root;
}

function withValue(inside: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value;
  if (/^\d+$/.test(step)) {
    const list = Array.isArray(inside) ? [...inside] : [];
    const at = Math.min(Number(step), list.length);
    list[at] = withValue(list[at], rest, value);
    return list;
  }
  const object = typeof inside === 'object' && inside !== null && !Array.isArray(inside) ? inside : {};
  return { ...object, [step]: withValue((object as Record<string, unknown>)[step], rest, value) };
}
