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

package io.activedataflow.flink.connector.amps.source.split;

import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;

import org.apache.flink.annotation.Internal;

import java.io.IOException;

/**
 * The byte that stands for the kind of subscription at the beginning of each piece of state: 0 for
 * bookmark replay, 1 for live subscriptions, 2 for the state of the world, 3 for that and what
 * follows, 4 for queues.
 */
@Internal
public final class SubscriptionModes {

    static final byte BOOKMARK_REPLAY = 0;
    static final byte LIVE = 1;
    static final byte SOW = 2;
    static final byte SOW_AND_SUBSCRIBE = 3;
    static final byte QUEUE = 4;

    private SubscriptionModes() {}

    public static byte of(AmpsSubscriptionKind kind) {
        return switch (kind) {
            case BOOKMARK_REPLAY -> BOOKMARK_REPLAY;
            case LIVE -> LIVE;
            case SOW -> SOW;
            case SOW_AND_SUBSCRIBE -> SOW_AND_SUBSCRIBE;
            case QUEUE -> QUEUE;
        };
    }

    /**
     * Reads the kind of subscription.
     *
     * @param what what the bytes are, for messages
     * @throws IOException if this connector does not know the kind
     */
    public static AmpsSubscriptionKind read(StateReader in, String what) throws IOException {
        int mode = in.readByte();
        return switch (mode) {
            case BOOKMARK_REPLAY -> AmpsSubscriptionKind.BOOKMARK_REPLAY;
            case LIVE -> AmpsSubscriptionKind.LIVE;
            case SOW -> AmpsSubscriptionKind.SOW;
            case SOW_AND_SUBSCRIBE -> AmpsSubscriptionKind.SOW_AND_SUBSCRIBE;
            case QUEUE -> AmpsSubscriptionKind.QUEUE;
            default ->
                    throw new IOException(
                            "The state of the AMPS source holds a "
                                    + what
                                    + " of mode "
                                    + mode
                                    + "; this connector reads modes 0 to "
                                    + QUEUE
                                    + " only. Restore with the connector release that wrote"
                                    + " the state, or a newer one.");
        };
    }
}
