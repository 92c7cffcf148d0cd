/**
 * Shows what is being done and how long it took: on a terminal a line that counts the seconds, elsewhere
 * one line when a step begins and one when it ends.
 * @param {NodeJS.WriteStream} out
 * @param {() => number} now milliseconds of a clock that only goes forward
 * @returns {import("./progress.mjs").Progress}
 */
export function createProgress(out = process.stdout, now = () => performance.now()) {
  const began = now();
  const seconds = (since) => `${((now() - since) / 1000).toFixed(1)} s`;
  /** @type {string | undefined} what the terminal's last, unfinished line shows */
  let live;

  const clear = () => {
    if (live !== undefined && out.isTTY) out.write("\r\x1b[2K");
  };
  const show = (text) => {
    live = text;
    out.write(out.isTTY ? `\r\x1b[2K${text}` : `${text}\n`);
  };
  const say = (text) => {
    clear();
    out.write(`${text}\n`);
    if (live !== undefined && out.isTTY) out.write(live);
  };

  return {
    say,
    elapsed: () => seconds(began),
    async step(name, work) {
      const start = now();
      const label = `  · ${name} …`;
      show(label);
      const tick = out.isTTY ? setInterval(() => show(`${label} ${seconds(start)}`), 250) : undefined;
      const end = (sign, note) => {
        clearInterval(tick);
        clear();
        live = undefined;
        out.write(`  ${sign} ${name.padEnd(24)} ${seconds(start).padStart(7)}${note ? `   ${note}` : ""}\n`);
      };
      let note = "";
      try {
        const result = await work((text) => {
          note = text;
        });
        end("✓", note);
        return result;
      } catch (error) {
        end("✗", note);
        throw error;
      }
    },
  };
}
