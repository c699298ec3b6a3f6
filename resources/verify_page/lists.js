// Whom this page believes. `onewindow voucher page FOLDER` writes the centre's own lists here; without them it cannot tell.
"use strict";
globalThis.OneWindow ??= {};
OneWindow.lists = { trust: null, status: [] };
