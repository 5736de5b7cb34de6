// @ts-check
import "elements/error-summary";
import "elements/request-notice";
import "elements/shortcut-keys";
import "elements/show-password";
