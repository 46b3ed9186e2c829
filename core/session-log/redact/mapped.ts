export interface Changes {
  /** `name`: of the member that the text stands under, also as an element of its list. */
  text(text: string, name: string): string;
  /** Where a member of this name is changed as a whole. */
  whole(name: string): ((value: unknown) => unknown) | undefined;
}

/** Changes every text in a JSON value. What does not change stays the same value. */
export function mapTexts<T>(value: T, changes: Changes): T {
  return mapped(value, changes, '') as T;
}

function mapped(value: unknown, changes: Changes, name: string): unknown {
  if (typeof value === 'string') return changes.text(value, name);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.map((one: unknown) => mapped(one, changes, name));
    return list.every((one, at) => one === value[at]) ? value : list;
  }
  const members = Object.entries(value).map(([key, before]) => {
    const change = before === undefined ? undefined : changes.whole(key);
    return [key, before, change ? change(before) : mapped(before, changes, key)] as const;
  });
  if (members.every(([, before, after]) => before === after)) return value;
  return Object.fromEntries(members.map(([key, , after]) => [key, after]));
}
