/** Who would be reached by a mail: how many confirmed that they want the mails of a topic. */
export async function confirmedSubscribers(topicArn: string): Promise<number> {
  const { GetTopicAttributesCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const client = new SNSClient();
  try {
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: topicArn }));
    return Number(Attributes?.['SubscriptionsConfirmed'] ?? 0);
  } finally {
    client.destroy();
  }
}
