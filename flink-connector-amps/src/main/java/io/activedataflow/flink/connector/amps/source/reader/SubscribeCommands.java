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

import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand.Query;
import io.activedataflow.flink.connector.amps.client.AmpsSubscribeCommand.Verb;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Puts together what goes to the server for a split. Pure. */
@Internal
final class SubscribeCommands {

    private static final String FAIL_IF_NOT_FOUND = "bookmark_not_found=fail";
    private static final String OUT_OF_FOCUS = "oof";
    private static final String SKIP = "skip_n=";
    private static final String WITH_BOOKMARKS = "bookmark";

    private final ReaderOptions options;

    SubscribeCommands(ReaderOptions options) {
        this.options = options;
    }

    /**
     * A replay of the log.
     *
     * @param bookmark where it starts and ends, in wire form
     * @param refuseUnknown whether the server is to refuse bookmarks that it does not have
     */
    AmpsSubscribeCommand replay(AmpsSplit split, String bookmark, boolean refuseUnknown) {
        List<String> wireOptions = commonOptions(split);
        if (refuseUnknown) {
            wireOptions.add(FAIL_IF_NOT_FOUND);
        }
        return command(Verb.SUBSCRIBE, split, bookmark, wireOptions, true, null);
    }

    /** What is published from now on. */
    AmpsSubscribeCommand live(AmpsSplit split) {
        List<String> wireOptions = commonOptions(split);
        boolean deltas = false;
        if (options.kindOptions() instanceof KindOptions.Live live) {
            deltas = live.deltas();
            if (live.outOfFocus() && !wireOptions.contains(OUT_OF_FOCUS)) {
                wireOptions.add(OUT_OF_FOCUS);
            }
        }
        return command(
                deltas ? Verb.DELTA_SUBSCRIBE : Verb.SUBSCRIBE,
                split,
                null,
                wireOptions,
                false,
                null);
    }

    /** What a queue leases. */
    AmpsSubscribeCommand queue(AmpsSplit split) {
        List<String> wireOptions = commonOptions(split);
        wireOptions.add("max_backlog=" + ((KindOptions.Queue) options.kindOptions()).maxBacklog());
        return command(Verb.QUEUE_SUBSCRIBE, split, null, wireOptions, false, null);
    }

    /** The records of the state of the world. */
    AmpsSubscribeCommand query(AmpsSplit split) {
        return command(Verb.SOW, split, asOf(split), commonOptions(split), true, query());
    }

    /**
     * The records of the state of the world, and what follows.
     *
     * @param withBookmarks whether messages are to tell their positions in the log
     * @param refuseUnknown whether the server is to refuse a start that it does not have
     */
    AmpsSubscribeCommand queryAndSubscribe(
            AmpsSplit split, boolean withBookmarks, boolean refuseUnknown) {
        KindOptions.Snapshot snapshot = (KindOptions.Snapshot) options.kindOptions();
        List<String> wireOptions = commonOptions(split);
        String bookmark = asOf(split);
        if (snapshot.outOfFocus()) {
            wireOptions.add(OUT_OF_FOCUS);
        }
        if (snapshot.isLimited() && wireOptions.stream().noneMatch(o -> o.startsWith(SKIP))) {
            // Without it the limit is that of the query only, and all updates come.
            wireOptions.add(SKIP + "0");
        }
        if (withBookmarks && bookmark == null) {
            wireOptions.add(WITH_BOOKMARKS);
        }
        if (refuseUnknown) {
            wireOptions.add(FAIL_IF_NOT_FOUND);
        }
        return command(
                snapshot.deltas() ? Verb.SOW_AND_DELTA_SUBSCRIBE : Verb.SOW_AND_SUBSCRIBE,
                split,
                bookmark,
                wireOptions,
                true,
                query());
    }

    @Nullable
    private static String asOf(AmpsSplit split) {
        return split.start().isEmpty() ? null : split.start();
    }

    private Query query() {
        KindOptions.Snapshot snapshot = (KindOptions.Snapshot) options.kindOptions();
        return new Query(snapshot.orderBy(), snapshot.topN(), snapshot.batchSize());
    }

    private List<String> commonOptions(AmpsSplit split) {
        List<String> wireOptions = new ArrayList<>(options.subscribeOptions());
        if (options.timestamps()) {
            wireOptions.add("timestamp");
        }
        if (split.topic().needsLiteralOption()) {
            wireOptions.add("non_regex_topic");
        }
        return wireOptions;
    }

    private AmpsSubscribeCommand command(
            Verb verb,
            AmpsSplit split,
            @Nullable String bookmark,
            List<String> wireOptions,
            boolean completed,
            @Nullable Query query) {
        return new AmpsSubscribeCommand(
                verb,
                split.topic().name(),
                split.shard().filter(options.filter()),
                bookmark,
                wireOptions,
                completed,
                query);
    }
}
