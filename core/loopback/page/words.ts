/** What a browser is shown instead of the page: what happened, and what to do next. */
export interface Words {
  readonly status: number;
  readonly title: string;
  readonly text: readonly string[];
  /** What the link to the page is called, where there is one. */
  readonly again?: string;
}

export const NOT_LET_IN: Words = {
  status: 401,
  title: 'This browser was not let in yet',
  text: [
    'Open the address that wb ui printed when it started (npm start prints it too): its token lets this browser in.',
    'Is that terminal gone? Run wb ui once more: it prints a new address, also while the workbench is running.',
  ],
  again: 'Try again',
};

export const TOKEN_USED: Words = {
  status: 401,
  title: 'This address was used already',
  text: [
    'The token in it is good once, and only for the process that printed it.',
    'Run wb ui once more: it prints a new address, also while the workbench is running.',
  ],
  again: 'Try again',
};

export const NOT_FOUND: Words = {
  status: 404,
  title: 'There is nothing at this address',
  text: ['Every view of the workbench begins at the address below.'],
  again: 'Open the workbench',
};

export const NOT_BUILT: Words = {
  status: 503,
  title: 'The page was not built yet',
  text: ['Run npm run build in the folder of the workbench, then ask again; npm start does so by itself.'],
  again: 'Try again',
};

export const WRONG_METHOD: Words = {
  status: 405,
  title: 'Only reading is possible here',
  text: ['This address answers GET and HEAD.'],
};

/** Somebody may have pointed a name of theirs at this machine (DNS rebinding), or calls from a page of theirs. */
export const FOREIGN: Words = {
  status: 403,
  title: 'Refused: this was asked from elsewhere',
  text: ['The workbench answers only pages that were opened at its own address, http://127.0.0.1 or http://localhost.'],
};

export function wordsPage({ title, text, again }: Words, nonce: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title} - OCPI Workbench</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 14px/1.6 system-ui, sans-serif; }
body { max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; }
h1 { font-size: 1.2rem; }
a { color: light-dark(#0e7c66, #3fc6a8); }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
${text.map(line => `<p>${line}</p>`).join('\n')}
${again === undefined ? '' : `<p><a href="/">${again}</a></p>`}
</main>
</body>
</html>
`;
}
