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

package io.activedataflow.flink.connector.redis.source;

import org.apache.flink.annotation.PublicEvolving;

/**
 * What to do when a stream that has been read is no longer the same: it was deleted, it was deleted
 * and written anew, or a failover rolled it back behind the bookmark.
 */
@PublicEvolving
public enum RedisStreamsResetPolicy {
    /** Fail the job, naming the stream, the bookmark and what was found in its place. */
    FAIL,
    /**
     * Read the stream as it is now from its beginning. Entries that survived the reset, or were
     * already read from the new stream before the reset was noticed, are emitted again.
     */
    EARLIEST,
    /**
     * Read nothing from the stream until it contains the bookmark again, for example after a
     * restore from a backup; warns once a minute.
     */
    WAIT
}
