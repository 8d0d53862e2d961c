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
 * What a bookmark means in the log of this instance at the moment of the subscription.
 *
 * @param firstPosition where the replay starts
 * @param fromMicros messages with earlier timestamps are left out; for starts in the future
 * @param fromNow whether it starts behind the log, so that nothing is replayed
 */
record ReplayRange(long firstPosition, long fromMicros, ReplayEnd end, boolean fromNow) {}
