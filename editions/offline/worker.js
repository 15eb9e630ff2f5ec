// The worker of a book on a disk: the interpreter and the website's worker in one text; offline.py puts them beside it.

import "./vendor/micropython/micropython.mjs";
import "./page/worker.js";
