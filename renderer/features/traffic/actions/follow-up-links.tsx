import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ExchangeView } from '../../../../core/contract/exchange.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { isStanding } from '../../../links/standing.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { type FollowUp, followUps } from './follow-ups.ts';

/** One click from a session or token that was told of, or from what we sent, to the form that sends what comes next. */
export function FollowUpLinks({ exchange }: { readonly exchange: ExchangeView }) {
  const t = useTexts('traffic');
  const link = useLinks().data?.find(({ name }) => name === exchange.link);
  if (link === undefined || !isStanding(link)) return null;
  return followUps(exchange).map(next => (
    <Button
      key={next.kind}
      variant="default"
      leftSection={<IconSend size={13} aria-hidden />}
      renderRoot={props => <Link to="/send" search={searchOf(next, link.name, exchange.id)} {...props} />}
    >
      {t(`next-${next.kind}`)}
    </Button>
  ));
}

function searchOf(next: FollowUp, link: string, exchange: number) {
  switch (next.kind) {
    case 'stop':
      return { link, form: 'command', command: 'STOP_SESSION', session: next.session } as const;
    case 'profile':
      return { link, form: 'profile', session: next.session } as const;
    case 'authorize':
      return { link, form: 'authorize', token: next.token, type: next.type } as const;
    case 'again':
      return { link, form: 'request', again: exchange } as const;
  }
}
