/** What to do next, by the controls of the window, where the core's own advice names a command; by the failure's code. */
export const failures = {
  INVALID_INPUT: 'Correct what is named and try again.',
  NOT_FOUND: 'It may have been removed or renamed. Go back to the list and choose it there.',
  NAME_TAKEN: 'Choose another name; a link is renamed in its settings.',
  WRONG_STATE: 'The link’s page, under Partners, shows how it stands and has what changes that.',
  READ_ONLY_LINK: 'Unlock writing on the link’s page, under Partners, to let writes out.',
  CONFIRMATION_NEEDED: 'Confirm it and try again.',
  TOKEN_UNREADABLE: 'Enter it anew on the link’s page, under Tokens.',
  TOKEN_MISSING: 'Enter it on the link’s page, under Tokens.',
  NOT_SERVING: 'Start serving in Settings.',
  PORT_TAKEN: 'Choose another port, or end the program that has it.',
  OPERATION_FAILED: 'The doctor, under Partners, looks for the reason.',
} as const;
