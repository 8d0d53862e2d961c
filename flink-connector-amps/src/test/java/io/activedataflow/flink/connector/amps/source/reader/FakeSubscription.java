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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsException;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;
import io.activedataflow.flink.connector.amps.client.AmpsSubscriptionHandler;
import io.activedataflow.flink.connector.amps.source.WireBookmarks;

import javax.annotation.Nullable;

/**
 * A subscription as one of the {@link FakeServers} sees it. What the test pushes arrives on the
 * thread that pushes it. The body of a message is its bookmark; times are seconds after {@link
 * #micros}{@code (0)}.
 */
record FakeSubscription(
        FakeConnection connection, AmpsSubscribeCommand command, AmpsSubscriptionHandler handler) {

    private static final long START_MICROS = 1_767_322_800_000_000L;

    /** So many seconds after the start of the day of the test. */
    static long micros(long second) {
        return START_MICROS + second * 1_000_000L;
    }

    /** The same in wire form. */
    static String time(long second) {
        return WireBookmarks.time(micros(second));
    }

    static TestDelivery message(String bookmark, long second) {
        return TestDelivery.of(bookmark).bookmark(bookmark).timestamp(time(second));
    }

    AmpsServerUri server() {
        return connection.server();
    }

    @Nullable
    String bookmark() {
        return command.bookmark();
    }

    FakeSubscription send(String bookmark, long second) {
        return send(message(bookmark, second));
    }

    FakeSubscription send(TestDelivery message) {
        handler.onMessage(message);
        message.spoil();
        return this;
    }

    /** Sends records of a query; the body of each is its key. */
    FakeSubscription records(String... keys) {
        for (String key : keys) {
            send(TestDelivery.of(key).command(AmpsCommand.SOW).sowKey(key));
        }
        return this;
    }

    FakeSubscription groupBegin() {
        handler.onGroupBegin();
        return this;
    }

    FakeSubscription groupEnd() {
        handler.onGroupEnd();
        return this;
    }

    /** Sends all of a query: its records, and that it is complete. */
    FakeSubscription query(String... keys) {
        return groupBegin().records(keys).groupEnd().completed(null);
    }

    /** Sends an update of a record. */
    FakeSubscription update(String key, String body) {
        return send(TestDelivery.of(body).sowKey(key));
    }

    /** Sends that a record is out of focus. */
    FakeSubscription outOfFocus(String key, AmpsOutOfFocusReason reason) {
        return send(
                TestDelivery.of("gone " + key)
                        .command(AmpsCommand.OOF)
                        .sowKey(key)
                        .outOfFocus(reason));
    }

    FakeSubscription completed(@Nullable String bookmark) {
        handler.onCompleted(bookmark == null ? null : AmpsBookmark.parse(bookmark));
        return this;
    }

    FakeSubscription persisted(@Nullable String bookmark) {
        handler.onPersisted(bookmark == null ? null : AmpsBookmark.parse(bookmark));
        return this;
    }

    void disconnect() {
        disconnect(FakeServers.retriable("The connection to " + server() + " was lost."));
    }

    void disconnect(AmpsException cause) {
        handler.onDisconnected(cause);
    }
}
