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

/**
 * The cursor of a consumer group on one stream, as {@code XINFO GROUPS} shows it.
 *
 * @param lastDeliveredId the group's {@code last-delivered-id}
 * @param entriesRead the group's {@code entries-read}; {@link StreamInfo#UNKNOWN} before Redis 7.0
 *     and where the server itself does not know
 */
@Internal
public record GroupCursor(StreamEntryId lastDeliveredId, long entriesRead) {}
