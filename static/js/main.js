// @ts-check
import "elements/calm-panel";
import "elements/error-summary";
import "elements/request-notice";
import "elements/shortcut-keys";
import "elements/show-password";
import "elements/term-box";
import "elements/term-filter";
