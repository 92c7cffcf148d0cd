import { spawnSync } from "node:child_process";

/** What Debian and Ubuntu call the parts of this server. */
export const sabreDavPackages = ["php-cli", "php-sabre-dav", "php-sqlite3"];

const check = "exit(@include('Sabre/autoload.php') && class_exists('Sabre\\CalDAV\\Plugin') && extension_loaded('pdo_sqlite') ? 0 : 1);";

/**
 * How PHP with sabre/dav is started here; undefined when one of its parts is not installed.
 * @returns {string | undefined}
 */
export function findSabreDav() {
  return ["php", "php8.2"].find((command) => spawnSync(command, ["-r", check], { stdio: "ignore" }).status === 0);
}
