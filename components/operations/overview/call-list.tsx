import { Panel } from "../frame/panel";
import { shareLabel } from "../duration";
import type { Overview } from "./fill-spans";

/** What the calls to providers were made for, and how much of it was looking for changes that nothing announced. */
export function CallList({ overview, note }: { overview: Overview; note: string }) {
  const rows = overview.byType.filter(({ apiCalls }) => apiCalls > 0).sort((a, b) => b.apiCalls - a.apiCalls);
  const most = rows[0]?.apiCalls ?? 1;
  return (
    <Panel title="Calls to providers" note={note}>
      <div className="flex flex-1 flex-col px-4 pb-4">
        {rows.length === 0 ? <p className="py-4 text-fg-2">None was made.</p> : null}
        <ul className="flex flex-col gap-2.5">
          {rows.map(({ type, apiCalls, turns }) => (
            <li key={type}>
              <p className="flex justify-between gap-2">
                <span className="truncate font-mono text-12">{type}</span>
                <span className="whitespace-nowrap text-fg-2 tabular-nums">
                  {apiCalls.toLocaleString("en")} in {turns.toLocaleString("en")} {turns === 1 ? "run" : "runs"}
                </span>
              </p>
              <i aria-hidden="true" className="mt-1 block h-1.5 rounded-[2px] bg-active">
                <i className="block h-full rounded-[2px] bg-fg-3" style={{ width: `${(apiCalls / most) * 100}%` }} />
              </i>
            </li>
          ))}
        </ul>
        {overview.pollingShare === null ? null : (
          <p className="mt-auto border-t border-line pt-3 text-fg-2">
            <b className="font-semibold text-fg tabular-nums">{shareLabel(overview.pollingShare)}</b> of the reads of changes were polling.
          </p>
        )}
      </div>
    </Panel>
  );
}
