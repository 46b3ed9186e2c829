import { useEffect, useState } from 'react';

/** Whether a value has stayed the same for so long: what was just put under a pointer is not meant by its click. */
export function useSteady(value: unknown, ms: number): boolean {
  const [steady, setSteady] = useState<{ readonly value: unknown }>();
  useEffect(() => {
    const timer = setTimeout(() => setSteady({ value }), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return steady !== undefined && steady.value === value;
}
