const least = [20, 9];

/**
 * Whether this version of Node can run LinearTime; when it cannot, says so.
 * @param {string} version as in `process.versions.node`
 * @param {(text: string) => void} say
 * @returns {boolean}
 */
export function requireNode(version, say = console.error) {
  const [major, minor] = version.split(".").map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return true;
  say(`LinearTime needs Node ${least.join(".")} or newer; this is Node ${version}.`);
  say("Install a newer one (https://nodejs.org, or your system's packages) and try again.");
  return false;
}
