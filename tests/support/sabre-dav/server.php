<?php

// A CalDAV server of Debian's sabre/dav for `php -S`, with Digest authentication. SABRE_DATABASE is its SQLite file;
// to SABRE_REQUESTS it writes a line for each request before it answers.

error_reporting(E_ALL & ~E_DEPRECATED);
ini_set('display_errors', '0');
ini_set('log_errors', '1');
date_default_timezone_set('UTC');
require 'Sabre/autoload.php';

$scheme = strtok($_SERVER['HTTP_AUTHORIZATION'] ?? 'nobody', ' ');
file_put_contents(getenv('SABRE_REQUESTS'), "{$_SERVER['REQUEST_METHOD']} {$_SERVER['REQUEST_URI']} $scheme\n", FILE_APPEND);

$database = new PDO('sqlite:' . getenv('SABRE_DATABASE'));
$database->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$principals = new Sabre\DAVACL\PrincipalBackend\PDO($database);
$calendars = new Sabre\CalDAV\Backend\PDO($database);

$server = new Sabre\DAV\Server([
    new Sabre\CalDAV\Principal\Collection($principals),
    new Sabre\CalDAV\CalendarRootNode($principals, $calendars),
]);
$server->setBaseUri('/');
$server->addPlugin(new Sabre\DAV\Auth\Plugin(new Sabre\DAV\Auth\Backend\PDO($database), 'LinearTime tests'));
$server->addPlugin(new Sabre\DAVACL\Plugin());
$server->addPlugin(new Sabre\CalDAV\Plugin());
$server->exec();
