/** What is wrong with an iCalendar text, in words for the person whose event it is. */
export class IcsError extends Error {
  override readonly name = "IcsError";
  constructor(line: number, content: string, problem: string) {
    super(describeProblem(line, content, problem));
  }
}

/** `problem` continues a sentence that starts with the line, as in “… is not a valid date”. */
export function describeProblem(line: number, content: string, problem: string): string {
  const quoted = content === "" ? "" : ` (${content.length > 60 ? `${content.slice(0, 60)}…` : content})`;
  return `Line ${line}${quoted} ${problem}.`;
}
