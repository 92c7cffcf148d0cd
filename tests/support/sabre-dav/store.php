<?php

// Puts a user, or calendars with everything in them, into the database of server.php: many objects at once. Reads
// JSON: {"user", "digest"} or {"user", "calendars": [{"slug", "displayName", "color", "objects": [{"name", "ics"}]}]}.

const TABLES = <<<'SQL'
    CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, username TEXT UNIQUE, digesta1 TEXT);
    CREATE TABLE IF NOT EXISTS principals (id INTEGER PRIMARY KEY, uri TEXT UNIQUE, email TEXT, displayname TEXT, vcardurl TEXT);
    CREATE TABLE IF NOT EXISTS groupmembers (id INTEGER PRIMARY KEY, principal_id INTEGER, member_id INTEGER);
    CREATE TABLE IF NOT EXISTS calendars (id INTEGER PRIMARY KEY, principaluri TEXT, displayname TEXT, uri TEXT, ctag INTEGER,
        description TEXT, calendarorder INTEGER, calendarcolor TEXT, timezone TEXT, components TEXT, transparent INTEGER);
    CREATE TABLE IF NOT EXISTS calendarobjects (id INTEGER PRIMARY KEY, calendardata BLOB, uri TEXT, calendarid INTEGER,
        lastmodified INTEGER, etag TEXT, size INTEGER, componenttype TEXT, firstoccurence INTEGER, lastoccurence INTEGER);
    SQL;

$database = new PDO('sqlite:' . getenv('SABRE_DATABASE'));
$database->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$input = json_decode(stream_get_contents(STDIN), true, 16, JSON_THROW_ON_ERROR);
$principal = 'principals/' . $input['user'];
$run = fn (string $sql, array $values) => $database->prepare($sql)->execute($values);

$database->exec(TABLES);
$database->beginTransaction();
if (isset($input['digest'])) {
    $run('INSERT OR REPLACE INTO users (username, digesta1) VALUES (?, ?)', [$input['user'], $input['digest']]);
    $run('INSERT OR IGNORE INTO principals (uri, displayname) VALUES (?, ?)', [$principal, $input['user']]);
}
foreach ($input['calendars'] ?? [] as $calendar) {
    $run(
        'INSERT INTO calendars (principaluri, displayname, uri, ctag, calendarorder, calendarcolor, components, transparent) VALUES (?, ?, ?, 1, 0, ?, ?, 0)',
        [$principal, $calendar['displayName'], $calendar['slug'], $calendar['color'], $calendar['components'] ?? 'VEVENT'],
    );
    $id = $database->lastInsertId();
    foreach ($calendar['objects'] as ['name' => $name, 'ics' => $ics]) {
        $run(
            'INSERT INTO calendarobjects (calendardata, uri, calendarid, lastmodified, etag, size, componenttype, firstoccurence, lastoccurence) VALUES (?, ?, ?, 0, ?, ?, ?, 0, 4102444800)',
            [$ics, $name, $id, md5($ics), strlen($ics), 'VEVENT'],
        );
    }
}
$database->commit();
