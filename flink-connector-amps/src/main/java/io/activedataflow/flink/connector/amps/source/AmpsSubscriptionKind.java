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
    LIVE,

    /**
     * Takes the records of a topic of the state of the world as they are, and ends: a bounded
     * source.
     *
     * <p><em>Each key once</em>, by the server that answers. A query that breaks off, or that the
     * server reports as failed, is sent again, after a restore as well, and the keys that were
     * emitted before are left out; a record is then as it was when its key was first read. Keys
     * that have been emitted are part of the state.
     */
    SOW,

    /**
     * Takes the records of a topic of the state of the world as they are, then every update,
     * without gap or overlap between the two.
     *
     * <p>After a reconnect or a restore the records are taken again: <em>at least once per
     * key</em>, the latest state of each, to be taken as upserts; updates that another one has
     * replaced meanwhile are not seen. What was deleted meanwhile is told only with {@link
     * AmpsSourceBuilder#setTrackKeys}.
     *
     * <p>Where a single topic is in the transaction log, and neither out-of-focus messages nor
     * deltas nor a limit are asked for, reading goes on behind the last message instead, as {@link
     * #BOOKMARK_REPLAY} does: <em>exactly once</em> from the first update on. Deletions are not
     * part of the log.
     */
    SOW_AND_SUBSCRIBE,

    /**
     * Takes messages from a queue, competing with whoever else subscribes to it. A message is
     * acknowledged when a checkpoint has completed that was taken after it was emitted; until then
     * it is leased, and the queue leases a limited number ({@link
     * AmpsSourceOptions#QUEUE_MAX_BACKLOG}). Without checkpoints the job fails once that is used
     * up.
     *
     * <p><em>At least once</em>. A message comes a second time into the state of the job only if,
     * before it is acknowledged,
     *
     * <ul>
     *   <li>its lease ends, because it runs out, the connection is lost, or the subtask that has it
     *       fails while the others still run, and the queue delivers it to another subscription of
     *       the job;
     *   <li>only a part of the job is restarted, and the queue delivers to another part what that
     *       one had read, before it has said what its checkpoint covers;
     *   <li>the job fails, or loses a connection, before the server has handled the
     *       acknowledgement, the queue delivers the message again only much later (more than ten
     *       checkpoints after a restore, any number after the loss of a connection), and the job
     *       has failed once more by then.
     * </ul>
     *
     * What a queue delivers again to the same subscription is recognised and dropped. A savepoint
     * or checkpoint holds what was not acknowledged when it was taken: restoring an older one than
     * the last does <em>not</em> bring back what has been acknowledged since, which is gone from
     * the queue. Messages without a lease are emitted and not acknowledged: barrier messages, and
     * everything from a queue that is at most once by its configuration.
     */
    QUEUE;

    /** Whether records of the state of the world come first. */
    boolean hasQuery() {
        return this == SOW || this == SOW_AND_SUBSCRIBE;
    }
}
