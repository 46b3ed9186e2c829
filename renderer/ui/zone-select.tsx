import { NativeSelect } from '@mantine/core';
import { zoneChoices } from './zone-choices.ts';

export interface ZoneSelectProps {
  readonly label: string;
  /** An IANA name; absent: whatever `usual` says. */
  readonly value: string | undefined;
  readonly onChange: (zone: string | undefined) => void;
  /** What counts where none is chosen: `Each location's own`. */
  readonly usual: string;
  /** Headings of the two lists: those that are near, and all. */
  readonly near: string;
  readonly all: string;
  /** Offered before all others. */
  readonly known?: readonly string[];
}

/** A time zone of those this browser knows. */
export function ZoneSelect({ label, value, onChange, usual, near, all, known = [] }: ZoneSelectProps) {
  const choices = zoneChoices(known, value);
  return (
    <NativeSelect
      aria-label={label}
      title={label}
      value={value ?? ''}
      onChange={event => onChange(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      data={[
        { value: '', label: usual },
        { group: near, items: [...choices.near] },
        { group: all, items: [...choices.all] },
      ]}
    />
  );
}
