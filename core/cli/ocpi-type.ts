import { findType, type OcpiType, typesOf } from '../ocpi/types.ts';
import { spokenAs, VERSIONS, type Version } from '../ocpi/versions.ts';
import { usageFailure } from './command.ts';

/** A version as it is written on the command line; 2.2 is checked as 2.2.1. */
export function readVersion(text: string): Version {
  const version = spokenAs(text);
  if (version === undefined)
    throw usageFailure(`There are no types of OCPI ${text}`, `Versions: ${VERSIONS.join(', ')}.`);
  return version;
}

/** A type by its name, in any case. */
export function readType(version: Version, name: string): OcpiType {
  const type = findType(version, name);
  if (type !== undefined) return type;
  const elsewhere = VERSIONS.filter(other => findType(other, name) !== undefined);
  const hint = elsewhere.length > 0 ? ` (${elsewhere.join(' and ')} ${elsewhere.length > 1 ? 'have' : 'has'} one)` : '';
  const names = typesOf(version).map(known => known.name);
  throw usageFailure(`OCPI ${version} has no type ${name}${hint}`, `Types of ${version}: ${names.join(', ')}.`);
}
