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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.annotation.PublicEvolving;

/** In which way a source subscribes, and what is guaranteed with it. */
@PublicEvolving
public enum AmpsSubscriptionKind {
    /**
     * Replays the transaction log from a position and goes on with what is published after that.
     *
     * <p><em>Exactly once</em> into the state of the job, across crashes, restores and rescaling,
     * and across failovers to a synchronously replicated server. Topics must be in the transaction
     * log. A slow job holds the replay back; the server never cuts it off for that.
     */
    BOOKMARK_REPLAY,

    /**
     * Takes what is published from now on, without the log.
     *
     * <p><em>At most once</em>: what is published while the source is not connected, or after the
     * last checkpoint before a crash, is not seen. The server may cut off a job that is too slow.
     */
    LIVE
}
