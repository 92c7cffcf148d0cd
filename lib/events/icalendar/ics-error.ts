/** What is wrong with an iCalendar text, in words for the person whose event it is. */
export class IcsError extends Error {
  override readonly name = "IcsError";
  /** `problem` continues a sentence that starts with the line, as in “… is not a valid date”. */
  constructor(line: number, content: string, problem: string) {
    const quoted = content === "" ? "" : ` (${shortened(content)})`;
    super(`Line ${line}${quoted} ${problem}.`);
  }
}

export function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
