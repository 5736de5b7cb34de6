// @ts-check
// What the pages of messages need, and no other page.
import "chat/composer-options";
import "chat/draft-keeper";
import "chat/file-tray";
import "chat/guard-note";
import "chat/log-box";
import "chat/mention-list";
import "chat/message-composer";
import "chat/message-menu";
import "chat/message-thread";
import "chat/people-note";
import "chat/quick-switch";
import "chat/read-mark";
import "chat/waiting-list";
