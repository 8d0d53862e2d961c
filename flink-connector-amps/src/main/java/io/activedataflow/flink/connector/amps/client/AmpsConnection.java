/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.AmpsServerUri;

import org.apache.flink.annotation.Internal;

/**
 * One connection to one server: created unconnected, opened once, closed for good. There is no
 * reconnecting in here.
 *
 * <p>Threads: {@link #open} and {@link #subscribe} block and are called by one thread at a time,
 * never by a handler; the other methods may be called by any thread at any time, also while another
 * blocks. Interrupting a thread that blocks has no effect; closing has.
 */
@Internal
public interface AmpsConnection extends AutoCloseable {

    AmpsServerUri server();

    /**
     * Connects and logs on; blocks for the connect time-out and the command time-out at most.
     *
     * @throws AmpsException classified, with a message that names the server and the remedy
     */
    void open();

    /** The server's version as a number, {@code 5.3.5.3} being 5030503. Known once open. */
    int serverVersion();

    /**
     * Subscribes; returns after the server has accepted. The handler may be called before this
     * returns, and may already block then. If this throws, the handler is told nothing any more.
     *
     * @throws AmpsException classified; {@link AmpsException.Kind#BOOKMARK_NOT_FOUND} if the log
     *     has none of the bookmarks; the message names server, topic, filter and reason
     */
    void subscribe(AmpsSubscribeCommand command, AmpsSubscriptionHandler handler);

    /**
     * Tells a queue that messages need not be delivered again, and does not wait for the answer.
     * Any thread, also while the handler of a subscription blocks.
     *
     * @param queue the topic
     * @param bookmarks those of the messages, one or more, separated by commas
     * @throws AmpsException retriable, if it could not be sent
     */
    void acknowledge(String queue, String bookmarks, AmpsAnswerHandler answer);

    /**
     * Gives messages that were leased back to a queue, to be delivered to somebody else; nobody is
     * told whether that worked. Otherwise as {@link #acknowledge}.
     */
    void giveBack(String queue, String bookmarks);

    /**
     * Tells the server that this end is alive, where a handler that blocks keeps the client from
     * doing so. Does nothing where heartbeats are off or the connection is not open. Does not throw
     * if the connection turns out to be lost: its handlers are told. Blocks only as long as the
     * server does not read.
     */
    void beat();

    /**
     * Closes the connection and breaks off whatever blocks in it, for good. Returns within a
     * second. No thread is left then, except one whose handler blocks; that one ends when its
     * handler returns. Handlers are told nothing any more. Idempotent.
     */
    @Override
    void close();
}
