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

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * Takes what arrives for one subscription, in the order of arrival. All methods run on the thread
 * of the client that belongs to the connection, except {@link #onDisconnected}, which comes last
 * and may come from any thread.
 *
 * <p>{@link #onMessage} may block, which holds the server back; everything else returns at once. If
 * one throws, what it was given is lost; that is reported, and the subscription ends with an error
 * that is fatal. After the connection was closed by this side nothing is called any more.
 */
@Internal
public interface AmpsSubscriptionHandler {

    void onMessage(AmpsDelivery message);

    /** All synchronous destinations have the log up to here; need not match the subscription. */
    void onPersisted(@Nullable AmpsBookmark bookmark);

    /**
     * The subscription to a queue is accepted.
     *
     * @param messages how many messages the server leases to it at a time; -1 if it did not say
     */
    default void onBacklog(int messages) {}

    /** The records of a query come now. */
    void onGroupBegin();

    /**
     * All records of a query have come. Whether they are all that there are, {@link #onCompleted}
     * tells: a query that the server broke off looks the same up to here.
     */
    void onGroupEnd();

    /**
     * The query is complete, or the replay has reached the position at which the log ended when it
     * was asked for, or the end of its range.
     *
     * @param bookmark that position; need not match the subscription; null if the server did not
     *     say or the log was empty
     */
    void onCompleted(@Nullable AmpsBookmark bookmark);

    /**
     * Something arrived that belongs to no subscription or is not known; or a method of this
     * handler has failed, in which case {@link #onDisconnected} follows.
     *
     * @param description what it was, without its body
     */
    void onLastChance(String description);

    /** The connection is lost or the server has ended the subscription. Once, after all else. */
    void onDisconnected(AmpsException cause);
}
