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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.Internal;

import redis.clients.jedis.Protocol.Command;

import javax.annotation.Nullable;

/**
 * Writes the cursor of a consumer group, for those who look at it from outside. A stream that does
 * not exist is left alone: there is nothing to show then, and it is not for a reader to create it.
 * Thread-safe.
 */
@Internal
final class GroupCommands {

    private final MasterCommands commands;

    /**
     * Whether servers take the number of entries read (Redis 7.0 and later), as far as is known.
     */
    private volatile boolean entriesReadUnderstood = true;

    GroupCommands(MasterCommands commands) {
        this.commands = commands;
    }

    void commitCursor(String streamKey, String group, StreamEntryId id, long entriesRead) {
        String error = xgroup("SETID", streamKey, group, id, entriesRead);
        if (error != null && error.startsWith("NOGROUP")) {
            error = xgroup("CREATE", streamKey, group, id, entriesRead);
            if (error != null && error.startsWith("BUSYGROUP")) {
                // Somebody else created it just now.
                xgroup("SETID", streamKey, group, id, entriesRead);
            }
        }
    }

    void createConsumer(String streamKey, String group, String consumer) {
        try {
            commands.execute(
                    streamKey, Command.XGROUP, "CREATECONSUMER", streamKey, group, consumer);
        } catch (CommandRefusedException e) {
            if (!e.error().startsWith("NOGROUP") && !isMissingKey(e.error())) {
                throw e.classified();
            }
        }
    }

    /** Returns the error reply if it is one that has a meaning here, otherwise null. */
    @Nullable
    private String xgroup(
            String subcommand, String streamKey, String group, StreamEntryId id, long read) {
        boolean withEntriesRead = read != StreamInfo.UNKNOWN && entriesReadUnderstood;
        try {
            if (withEntriesRead) {
                commands.execute(
                        streamKey,
                        Command.XGROUP,
                        subcommand,
                        streamKey,
                        group,
                        id.toString(),
                        "ENTRIESREAD",
                        Long.toString(read));
            } else {
                commands.execute(
                        streamKey, Command.XGROUP, subcommand, streamKey, group, id.toString());
            }
            return null;
        } catch (CommandRefusedException e) {
            String error = e.error();
            if (withEntriesRead && isNotUnderstood(error)) {
                entriesReadUnderstood = false;
                return xgroup(subcommand, streamKey, group, id, StreamInfo.UNKNOWN);
            }
            if (isMissingKey(error)) {
                return null;
            }
            if (error.startsWith("NOGROUP") && subcommand.equals("SETID")
                    || error.startsWith("BUSYGROUP") && subcommand.equals("CREATE")) {
                return error;
            }
            throw e.classified();
        }
    }

    private static boolean isNotUnderstood(String error) {
        return error.startsWith("ERR syntax error")
                || error.contains("nknown subcommand or wrong number of arguments");
    }

    private static boolean isMissingKey(String error) {
        return error.startsWith("ERR The XGROUP subcommand requires the key to exist")
                || error.startsWith("ERR no such key");
    }
}
