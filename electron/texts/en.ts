/** Every text of the desktop outside of the page: menu, dialogs, notices. `{name}` is filled in. */
export const en = {
  file: 'File',
  openDatabase: 'Open Database…',
  importTraffic: 'Import Traffic…',
  showLog: 'Show Log File',
  edit: 'Edit',
  view: 'View',
  window: 'Window',
  help: 'Help',
  specification: 'OCPI Specification',
  databaseFiles: 'OCPI Workbench databases',
  trafficFiles: 'Recorded traffic (HAR, JSON lines)',
  textFiles: 'All files',
  chooseAnother: 'Choose Another…',
  quit: 'Quit',
  restart: 'Start Again',
  notOpened: 'The database was not opened',
  notServing: 'Partners cannot reach the workbench',
  coreRestarted: 'The core was started again',
  coreRestartedText: 'It had ended unexpectedly. Everything answered until then is stored. Log: {log}',
  coreGivenUp: 'The core does not stay up',
  coreGivenUpText:
    'It ended {deaths} times in a row, last with code {code}, and is not started again by itself. Its log: {log}',
  imported: '{exchanges} exchanges imported from {file}',
  importedText: '{recognised} of them are OCPI; {skipped} entries could not be read.',
  notImported: '{file} was not imported',
  notSaved: '{file} was not saved',
  notices: '{count} new notices',
};

export type DesktopTexts = Readonly<Record<keyof typeof en, string>>;
