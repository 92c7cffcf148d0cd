import { linkify } from "./linkify";

/** Plain text, line breaks kept, with its web and mail addresses as links. */
export function LinkedText({ text }: { text: string }) {
  return (
    <span className="break-words whitespace-pre-line">
      {linkify(text).map((part, index) =>
        part.href ? (
          <a
            // The parts of one text never move.
            key={index}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer"
            className="text-accent-text underline decoration-1 underline-offset-2"
          >
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </span>
  );
}
