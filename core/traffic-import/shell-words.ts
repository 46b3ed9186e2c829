/** A simple command of a shell text. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** Counts from 1: where it begins. */
  readonly line: number;
  /** Its output goes into the command after it. */
  readonly piped: boolean;
  /** What a here-document hands it on standard input. */
  readonly input?: string;
}

/**
 * Splits a text into commands as a POSIX shell does: quotes ('..', "..", $'..'), backslashes, lines continued, comments,
 * here-documents, `;`, `&&`, `||`, `|`. Variables and substitutions stay as they are written; redirections are left out.
 * Never throws: a quote that is never closed ends with the text.
 */
export function shellCommands(text: string): ShellCommand[] {
  return new Splitter(fromWindows(text)).split();
}

/** What browsers copy "as cURL (cmd)": every special character, the quotes and ends of lines too, stands behind a `^`. */
function fromWindows(text: string): string {
  if (!/\bcurl(?:\.exe)?\s+\^"/i.test(text)) return text;
  return text.replaceAll(/\^\r?\n/g, ' ').replaceAll(/\^(.)/gs, '$1');
}

const CONTROL: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
  E: '\x1b',
};

class Splitter {
  readonly #text: string;
  readonly #commands: ShellCommand[] = [];
  #at = 0;
  #words: string[] = [];
  #word: string | undefined;
  #begins = 0;
  /** Ends of here-documents that begin on the next line. */
  #awaited: string[] = [];
  #input: string | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  split(): ShellCommand[] {
    const text = this.#text;
    while (this.#at < text.length) this.#step(text[this.#at] ?? '');
    this.#endCommand(false);
    return this.#commands;
  }

  #step(character: string): void {
    const text = this.#text;
    const next = text[this.#at + 1] ?? '';
    if (character === '\\') {
      const crlf = next === '\r' && text[this.#at + 2] === '\n';
      if (next !== '\n' && !crlf) this.#add(next);
      this.#at += crlf ? 3 : 2;
    } else if (character === "'") this.#singleQuoted();
    else if (character === '"') this.#doubleQuoted();
    else if (character === '$' && next === "'") this.#ansiQuoted();
    else if (character === '#' && this.#word === undefined) this.#at = this.#lineEnd();
    else if (character === '\n') this.#newLine();
    else if (character === ' ' || character === '\t' || character === '\r') {
      this.#endWord();
      this.#at += 1;
    } else if (character === '|' && next !== '|') {
      this.#endCommand(true);
      this.#at += 1;
    } else if (character === ';' || character === '|' || character === '&') {
      this.#endCommand(false);
      this.#at += next === character ? 2 : 1;
    } else if (character === '<' || character === '>') this.#redirection(character);
    else {
      this.#add(character);
      this.#at += 1;
    }
  }

  #add(text: string): void {
    if (this.#word === undefined && this.#words.length === 0) this.#begins = this.#at;
    this.#word = (this.#word ?? '') + text;
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#words.push(this.#word);
    this.#word = undefined;
  }

  #endCommand(piped: boolean): void {
    this.#endWord();
    if (this.#words.length > 0) {
      const line = this.#text.slice(0, this.#begins).split('\n').length;
      const input = this.#input;
      this.#commands.push({ words: this.#words, line, piped, ...(input === undefined ? {} : { input }) });
    }
    this.#words = [];
    this.#input = undefined;
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end < 0 ? this.#text.length : end;
  }

  #newLine(): void {
    this.#at += 1;
    for (const end of this.#awaited.splice(0)) this.#input = this.#hereDocument(end);
    // A pipe goes on behind the end of its line.
    if (this.#word !== undefined || this.#words.length > 0) this.#endCommand(false);
  }

  #hereDocument(end: string): string {
    const lines: string[] = [];
    while (this.#at < this.#text.length) {
      const stop = this.#lineEnd();
      const line = this.#text.slice(this.#at, stop);
      this.#at = stop + 1;
      if (line.replace(/\r$/, '') === end) break;
      lines.push(`${line}\n`);
    }
    return lines.join('');
  }

  #redirection(character: string): void {
    const ending = /<<-?[ \t]*(?:'([^']*)'|"([^"]*)"|([^\s;|&<>'"]+))/y;
    ending.lastIndex = this.#at;
    const here = ending.exec(this.#text);
    if (here) {
      this.#endWord();
      this.#awaited.push(here[1] ?? here[2] ?? here[3] ?? '');
      this.#at = ending.lastIndex;
      return;
    }
    // `2>` is no word of the command; where it leads to is none either.
    if (/^\d$/.test(this.#word ?? '')) this.#word = undefined;
    this.#endWord();
    const target = /[<>]+(?:&\d|&?[ \t]*[^\s;|&<>'"]*)/y;
    target.lastIndex = this.#at;
    this.#at = target.test(this.#text) ? target.lastIndex : this.#at + character.length;
  }

  #singleQuoted(): void {
    const found = this.#text.indexOf("'", this.#at + 1);
    const end = found < 0 ? this.#text.length : found;
    this.#add(this.#text.slice(this.#at + 1, end));
    this.#at = end + 1;
  }

  #doubleQuoted(): void {
    const text = this.#text;
    let at = this.#at + 1;
    let quoted = '';
    while (at < text.length && text[at] !== '"') {
      const next = text[at + 1] ?? '';
      if (text[at] === '\\' && '$`"\\\n'.includes(next) && next !== '') {
        if (next !== '\n') quoted += next;
        at += 2;
      } else quoted += text[at++];
    }
    this.#add(quoted);
    this.#at = at + 1;
  }

  #ansiQuoted(): void {
    const text = this.#text;
    const sequence = /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|([\s\S]))/y;
    let at = this.#at + 2;
    /** Bytes written one by one are UTF-8 together. */
    let bytes: number[] = [];
    let quoted = '';
    const flush = () => {
      quoted += Buffer.from(bytes).toString('utf8');
      bytes = [];
    };
    while (at < text.length && text[at] !== "'") {
      sequence.lastIndex = at;
      const found = text[at] === '\\' ? sequence.exec(text) : null;
      if (found === null) {
        flush();
        quoted += text[at++];
        continue;
      }
      const [whole, hex, short, long, octal, letter = ''] = found;
      const byte = hex ?? octal;
      if (byte !== undefined) bytes.push(Number.parseInt(byte, hex === undefined ? 8 : 16) & 0xff);
      else {
        flush();
        const point = Number.parseInt(short ?? long ?? '', 16);
        quoted += Number.isNaN(point) ? (CONTROL[letter] ?? letter) : String.fromCodePoint(Math.min(point, 0x10ffff));
      }
      at += whole.length;
    }
    flush();
    this.#add(quoted);
    this.#at = at + 1;
  }
}
