import { useState } from 'react';
import { LinkName } from '../../../../core/contract/links.ts';
import { useLinks } from '../../../bridge/queries.ts';

export interface Identity {
  /** As typed, or suggested while nothing was typed. */
  readonly name: string;
  readonly organisation: string;
  readonly environment: 'test' | 'production';
  readonly problem: 'name' | 'taken' | undefined;
  readonly setName: (name: string) => void;
  readonly setOrganisation: (organisation: string) => void;
  readonly setEnvironment: (environment: 'test' | 'production') => void;
  /** As the contract takes it. */
  readonly input: {
    readonly name: string;
    readonly environment: 'test' | 'production';
    readonly organisation?: string;
  };
}

/** Name, organisation and environment of a link to be made; `suggest` proposes a name from those that are taken. */
export function useIdentity(suggest: (taken: readonly string[]) => string): Identity {
  const taken = useLinks().data?.map(({ name }) => name) ?? [];
  const [typed, setName] = useState<string>();
  const [organisation, setOrganisation] = useState('');
  const [environment, setEnvironment] = useState<'test' | 'production'>('test');
  const name = typed ?? suggest(taken);
  const trimmed = name.trim();
  const valid = LinkName.safeParse(trimmed).success;
  const input = {
    name: trimmed,
    environment,
    ...(organisation.trim() === '' ? {} : { organisation: organisation.trim() }),
  };
  return {
    name,
    organisation,
    environment,
    problem: !valid ? 'name' : taken.includes(trimmed) ? 'taken' : undefined,
    setName,
    setOrganisation,
    setEnvironment,
    input,
  };
}
