// @ts-check
// What a page needs whose words the guard watches, outside of conversations.
import "chat/guard-note";
