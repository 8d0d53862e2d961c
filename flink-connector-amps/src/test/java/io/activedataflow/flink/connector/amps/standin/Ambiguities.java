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

package io.activedataflow.flink.connector.amps.standin;

/**
 * Where the AMPS documentation contradicts itself or is silent, the stand-in server behaves as told
 * here.
 *
 * @param unloggedBookmarkFails a bookmark subscription to a topic that is not logged: failure
 *     acknowledgement (default), or a plain subscription without replay
 * @param subIdInProcessedAck whether the processed acknowledgement of a subscription names the
 *     subscription (default); clients need it
 * @param bookmarkNotFoundReason failure text for {@code bookmark_not_found=fail}, default {@code
 *     invalid bookmark}
 * @param duplicatePublishFails whether a discarded duplicate is answered with failure {@code
 *     duplicate}; default is success
 * @param persistedAheadOfReplay whether persisted acknowledgements of a bookmark subscription tell
 *     the end of the log while it still replays; default is the place of the replay
 * @param completedForNow whether a subscription from now gets its completed acknowledgement, at
 *     once (default)
 * @param completedAfterTopN whether reaching {@code top_n} is answered with completed (default)
 * @param subIdInUseReason failure text for a second subscription with the same id, default {@code
 *     subid in use}
 * @param disconnectsSilentClients whether a client that asked for heartbeats and is silent for two
 *     intervals is cut off (default)
 */
public record Ambiguities(
        boolean unloggedBookmarkFails,
        boolean subIdInProcessedAck,
        String bookmarkNotFoundReason,
        boolean duplicatePublishFails,
        boolean persistedAheadOfReplay,
        boolean completedForNow,
        boolean completedAfterTopN,
        String subIdInUseReason,
        boolean disconnectsSilentClients) {

    /** The behaviour that the documentation makes most likely. */
    public static Ambiguities defaults() {
        return new Ambiguities(
                true,
                true,
                Reason.INVALID_BOOKMARK,
                false,
                false,
                true,
                true,
                "subid in use",
                true);
    }

    /** With another {@link #unloggedBookmarkFails}. */
    public Ambiguities withUnloggedBookmarkFails(boolean value) {
        return new Ambiguities(
                value,
                subIdInProcessedAck,
                bookmarkNotFoundReason,
                duplicatePublishFails,
                persistedAheadOfReplay,
                completedForNow,
                completedAfterTopN,
                subIdInUseReason,
                disconnectsSilentClients);
    }

    /** With another {@link #subIdInProcessedAck}. */
    public Ambiguities withSubIdInProcessedAck(boolean value) {
        return new Ambiguities(
                unloggedBookmarkFails,
                value,
                bookmarkNotFoundReason,
                duplicatePublishFails,
                persistedAheadOfReplay,
                completedForNow,
                completedAfterTopN,
                subIdInUseReason,
                disconnectsSilentClients);
    }

    /** With another {@link #bookmarkNotFoundReason}. */
    public Ambiguities withBookmarkNotFoundReason(String value) {
        return new Ambiguities(
                unloggedBookmarkFails,
                subIdInProcessedAck,
                value,
                duplicatePublishFails,
                persistedAheadOfReplay,
                completedForNow,
                completedAfterTopN,
                subIdInUseReason,
                disconnectsSilentClients);
    }

    /** With another {@link #duplicatePublishFails}. */
    public Ambiguities withDuplicatePublishFails(boolean value) {
        return new Ambiguities(
                unloggedBookmarkFails,
                subIdInProcessedAck,
                bookmarkNotFoundReason,
                value,
                persistedAheadOfReplay,
                completedForNow,
                completedAfterTopN,
                subIdInUseReason,
                disconnectsSilentClients);
    }

    /** With another {@link #persistedAheadOfReplay}. */
    public Ambiguities withPersistedAheadOfReplay(boolean value) {
        return new Ambiguities(
                unloggedBookmarkFails,
                subIdInProcessedAck,
                bookmarkNotFoundReason,
                duplicatePublishFails,
                value,
                completedForNow,
                completedAfterTopN,
                subIdInUseReason,
                disconnectsSilentClients);
    }

    /** With another {@link #completedForNow}. */
    public Ambiguities withCompletedForNow(boolean value) {
        return new Ambiguities(
                unloggedBookmarkFails,
                subIdInProcessedAck,
                bookmarkNotFoundReason,
                duplicatePublishFails,
                persistedAheadOfReplay,
                value,
                completedAfterTopN,
                subIdInUseReason,
                disconnectsSilentClients);
    }

    /** With another {@link #completedAfterTopN}. */
    public Ambiguities withCompletedAfterTopN(boolean value) {
        return new Ambiguities(
                unloggedBookmarkFails,
                subIdInProcessedAck,
                bookmarkNotFoundReason,
                duplicatePublishFails,
                persistedAheadOfReplay,
                completedForNow,
                value,
                subIdInUseReason,
                disconnectsSilentClients);
    }

    /** With another {@link #subIdInUseReason}. */
    public Ambiguities withSubIdInUseReason(String value) {
        return new Ambiguities(
                unloggedBookmarkFails,
                subIdInProcessedAck,
                bookmarkNotFoundReason,
                duplicatePublishFails,
                persistedAheadOfReplay,
                completedForNow,
                completedAfterTopN,
                value,
                disconnectsSilentClients);
    }

    /** With another {@link #disconnectsSilentClients}. */
    public Ambiguities withDisconnectsSilentClients(boolean value) {
        return new Ambiguities(
                unloggedBookmarkFails,
                subIdInProcessedAck,
                bookmarkNotFoundReason,
                duplicatePublishFails,
                persistedAheadOfReplay,
                completedForNow,
                completedAfterTopN,
                subIdInUseReason,
                value);
    }
}
