import { Tooltip } from '@mantine/core';
import { useTexts } from '../texts/use-texts.ts';
import styles from './exchange.module.css';
import { type Piece, piecesOf } from './placeholders.ts';

type Token = Extract<Piece, { kind: 'token' }>;

/** A text in which tokens are sealed: what stands in their place says whose and how it was written. */
export function SealedText({ text }: { readonly text: string }) {
  if (!text.includes('{token:')) return text;
  return piecesOf(text).map((piece, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text stand where they stand.
    piece.kind === 'text' ? <span key={at}>{piece.text}</span> : <SealedToken key={at} token={piece} />,
  );
}

function SealedToken({ token }: { readonly token: Token }) {
  const t = useTexts('traffic');
  const [form = '', dress] = token.form.split('.');
  const said = t(dress === undefined ? 'sealedToken' : 'sealedTokenEscaped', {
    id: token.id,
    form,
    length: token.length,
    escaping: dress ?? '',
  });
  return (
    <Tooltip label={said} events={{ hover: true, focus: true, touch: true }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what it says must be reached by keyboard too. */}
      <span className={styles['sealed']} tabIndex={0}>
        {token.text}
      </span>
    </Tooltip>
  );
}
