/**
 * Notes about runs to people and their programs: a ping, a webhook, a command. Knows runs by their records alone, and gives away no
 * secret.
 */
@NullMarked
package io.migrator.sink.notify;

import org.jspecify.annotations.NullMarked;
